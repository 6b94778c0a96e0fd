"""AWS: boto3 and the response parser against the running site."""

from __future__ import annotations

import io
from typing import Any

import boto3
import httpx
import pytest
import trp
from botocore.config import Config
from botocore.exceptions import ClientError
from PIL import Image

from .conftest import Account
from .pictures import LINES, page_png


def client(account: Account, service: str = "textract", path: str = "", **changes: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=account.url + path,
        region_name="eu-central-1",
        aws_access_key_id=changes.get("key_id", account.aws_access_key_id),
        aws_secret_access_key=changes.get("secret", account.aws_secret_access_key),
        config=Config(retries={"max_attempts": 1}, read_timeout=300),
    )


def error_code(call: Any, **arguments: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return str(caught.value.response["Error"]["Code"])


def test_detect_document_text(account):
    answer = client(account).detect_document_text(Document={"Bytes": page_png()})
    assert answer["DocumentMetadata"] == {"Pages": 1}
    kinds = [block["BlockType"] for block in answer["Blocks"]]
    assert kinds == ["PAGE", "LINE", "LINE", *["WORD"] * len(LINES.split())]
    word = answer["Blocks"][3]
    assert (word["Text"], word["TextType"]) == ("Django", "PRINTED")
    assert 50 < word["Confidence"] <= 100
    assert_word_is_dark(word["Geometry"]["BoundingBox"])


def assert_word_is_dark(box: dict[str, float]) -> None:
    image = Image.open(io.BytesIO(page_png())).convert("L")
    left, top = box["Left"] * image.width, box["Top"] * image.height
    right, bottom = left + box["Width"] * image.width, top + box["Height"] * image.height
    assert image.crop((int(left), int(top), int(right), int(bottom))).getextrema()[0] < 60


def test_response_parser_finds_lines_and_their_words(account):
    document = trp.Document(client(account).detect_document_text(Document={"Bytes": page_png()}))
    lines = [line for page in document.pages for line in page.lines]
    assert [line.text.strip() for line in lines] == LINES.split("\n")
    assert [word.text for line in lines for word in line.words] == LINES.split()


def test_faults_are_typed_exceptions(account):
    textract = client(account)
    with pytest.raises(textract.exceptions.UnsupportedDocumentException):
        textract.detect_document_text(Document={"Bytes": b"no image"})
    with pytest.raises(textract.exceptions.BadDocumentException):
        textract.detect_document_text(Document={"Bytes": page_png()[:300]})
    with pytest.raises(textract.exceptions.InvalidS3ObjectException):
        textract.detect_document_text(Document={"S3Object": {"Bucket": "any", "Name": "none.png"}})
    with pytest.raises(textract.exceptions.InvalidParameterException):
        textract.detect_document_text(Document={})
    with pytest.raises(textract.exceptions.InvalidJobIdException):
        textract.get_document_text_detection(JobId="0" * 32)


def test_the_signature_is_checked(account):
    document = {"Document": {"Bytes": page_png()}}
    wrong_secret = client(account, secret="0" * 40).detect_document_text
    assert error_code(wrong_secret, **document) == "InvalidSignatureException"
    unknown = client(account, key_id="oo_unknown").detect_document_text
    assert error_code(unknown, **document) == "UnrecognizedClientException"


def test_a_changed_body_does_not_fit_the_signature(account):
    def change(request: Any, **_: Any) -> None:
        request.body = request.body.replace(b"iVBOR", b"iVBOS")

    textract = client(account)
    textract.meta.events.register("before-send.textract.*", change)
    code = error_code(textract.detect_document_text, Document={"Bytes": page_png()})
    assert code == "InvalidSignatureException"


def test_without_a_signature(account):
    target = {"X-Amz-Target": "Textract.DetectDocumentText"}
    answer = httpx.post(account.url, headers=target, content=b"{}", timeout=300)
    assert answer.status_code == 400
    assert answer.json()["__type"] == "MissingAuthenticationTokenException"
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"


def test_other_operations_are_unknown(account):
    code = error_code(client(account).analyze_expense, Document={"Bytes": page_png()})
    assert code == "UnknownOperationException"


def test_analysis_of_the_layout(account):
    answer = client(account).analyze_document(
        Document={"Bytes": page_png()}, FeatureTypes=["TABLES", "LAYOUT"]
    )
    kinds = [block["BlockType"] for block in answer["Blocks"]]
    assert kinds[:3] == ["PAGE", "LINE", "LINE"]
    assert kinds[-1] == "LAYOUT_TEXT"
    assert {block["Page"] for block in answer["Blocks"]} == {1}
    unserved = {"Document": {"Bytes": page_png()}, "FeatureTypes": ["TABLES", "FORMS"]}
    code = error_code(client(account).analyze_document, **unserved)
    assert code == "InvalidParameterException"


def test_rekognition(account):
    rekognition = client(account, "rekognition")
    found = rekognition.detect_text(Image={"Bytes": page_png()})["TextDetections"]
    lines = [each for each in found if each["Type"] == "LINE"]
    words = [each for each in found if each["Type"] == "WORD"]
    assert [each["DetectedText"] for each in lines] == LINES.split("\n")
    assert [each["DetectedText"] for each in words] == LINES.split()
    assert [each["Id"] for each in found] == list(range(len(found)))
    assert [each["ParentId"] for each in words][::4] == [0, 1]
    assert_word_is_dark(words[0]["Geometry"]["BoundingBox"])
    lower = {"BoundingBox": {"Left": 0.0, "Top": 0.5, "Width": 1.0, "Height": 0.5}}
    half = rekognition.detect_text(
        Image={"Bytes": page_png()}, Filters={"RegionsOfInterest": [lower]}
    )
    assert half["TextDetections"][0]["DetectedText"] == LINES.split("\n")[1]
    with pytest.raises(rekognition.exceptions.InvalidImageFormatException):
        rekognition.detect_text(Image={"Bytes": b"no image"})


def test_asynchronous_analysis_of_an_object(account):
    """Put, start with a key in folders, poll, as programs do with AWS."""
    s3 = client(account, "s3", "/s3")
    s3.put_object(Bucket="scans", Key="2026/page one.png", Body=page_png())
    assert s3.get_object(Bucket="scans", Key="2026/page one.png")["Body"].read() == page_png()
    assert error_code(s3.get_object, Bucket="scans", Key="2025/page one.png") == "NoSuchKey"
    textract = client(account)
    started = textract.start_document_analysis(
        DocumentLocation={"S3Object": {"Bucket": "scans", "Name": "2026/page one.png"}},
        FeatureTypes=["LAYOUT"],
        ClientRequestToken="once-only",
    )
    job_id = started["JobId"]
    answer = wait(textract, job_id, get=textract.get_document_analysis)
    assert "LAYOUT_TEXT" in [block["BlockType"] for block in answer["Blocks"]]
    code = error_code(textract.get_document_text_detection, JobId=job_id)
    assert code == "InvalidJobIdException"
    wrong = client(account, "s3", "/s3", secret="0" * 40)
    code = error_code(wrong.put_object, Bucket="scans", Key="a.png", Body=page_png())
    assert code == "SignatureDoesNotMatch"


def test_what_would_be_waited_for_in_vain_is_refused(account):
    textract = client(account)
    location = {"S3Object": {"Bucket": "any", "Name": "stored.png"}}
    for channel in (
        {
            "NotificationChannel": {
                "SNSTopicArn": "arn:aws:sns:eu-central-1:0:topic",
                "RoleArn": "a" * 20,
            }
        },
        {"OutputConfig": {"S3Bucket": "results"}},
    ):
        code = error_code(
            textract.start_document_text_detection, DocumentLocation=location, **channel
        )
        assert code == "InvalidParameterException"


def test_asynchronous_detection_of_an_uploaded_document(account):
    sent = httpx.post(
        f"{account.url}/api/ocr/",
        files={"image": ("stored.png", page_png())},
        auth=account.login,
        timeout=300,
    )
    assert sent.status_code == 200, sent.text
    textract = client(account)
    location = {"S3Object": {"Bucket": "anything", "Name": "stored.png"}}
    job_id = textract.start_document_text_detection(DocumentLocation=location)["JobId"]
    first = wait(textract, job_id, MaxResults=2)
    assert [block["BlockType"] for block in first["Blocks"]] == ["PAGE", "LINE"]
    assert first["Blocks"][0]["Page"] == 1
    rest = textract.get_document_text_detection(JobId=job_id, NextToken=first["NextToken"])
    words = [block["Text"] for block in rest["Blocks"] if block["BlockType"] == "WORD"]
    assert words == LINES.split()
    assert "NextToken" not in rest
    far = {"JobId": job_id, "NextToken": "9" * 200}
    code = error_code(textract.get_document_text_detection, **far)
    assert code == "InvalidParameterException"


def wait(textract: Any, job_id: str, *, get: Any = None, **arguments: Any) -> dict[str, Any]:
    for _ in range(600):
        answer = (get or textract.get_document_text_detection)(JobId=job_id, **arguments)
        if answer["JobStatus"] != "IN_PROGRESS":
            assert answer["JobStatus"] == "SUCCEEDED", answer
            return answer
    raise AssertionError("The job did not end.")
