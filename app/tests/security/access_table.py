"""Every URL of the site, and the answer that each kind of caller gets there.

A star: the answer shows something of Alice's, the owner. A URL that is missing here fails
test_access.py; so does every answer that differs. {job} and so on: world.py.
"""

from __future__ import annotations

# Pages know sessions only: callers with a token or a key are anonymous to them. Staff see no more
# than others there, unless they gave a reason: test_staff_access.py.
PAGES = """
                                                             anonymous stranger owner staff
GET  /read/                                                  200  200  200* 200
GET  /                                                       200  200  200* 200
POST /visit/                                                 204  204  204  204

GET  /history/                                               200  200  200* 200
GET  /history/trash/                                         200  200  200  200
POST /history/many/                                          404  404  404  404
POST /history/trash/restore/                                 302  302  302  302
POST /history/trash/delete/                                  302  302  302  302
GET  /history/{job}/                                         404  404  200* 404
GET  /history/{job}/compare/{other}/                         404  404  200* 404
GET  /history/{job}/file/                                    404  404  200* 404
GET  /history/{job}/export/txt/                              404  404  200* 404
GET  /history/{job}/pages/1/picture/                         404  404  200  404
GET  /history/{job}/pages/1/picture/1/                       404  404  200  404
GET  /history/{job}/pages/1/thumbnail/                       404  404  200  404
GET  /history/{job}/thumbnail/                               404  404  200  404
POST /history/{job}/details/                                 404  404  302  404
POST /history/{job}/star/                                    404  404  302  404
POST /history/{job}/pages/1/text/                            404  404  302  404
POST /history/{job}/pages/1/cells/                              404  404  302  404
GET  /history/{job}/pages/1/words/                           404  404  200* 404
GET  /history/{job}/replace/                                 404  404  200* 404
POST /history/{job}/replace/                                 404  404  400* 404
POST /history/{job}/replace/undo/                            404  404  302  404
POST /history/{job}/revisions/{revision}/                    404  404  302  404
POST /history/{job}/again/                                   404  404  302  404
POST /history/{job}/shares/                                  404  404  302  404
POST /history/{job}/shares/{share_number}/revoke/            404  404  302  404
POST /history/{job}/cancel/                                  404  404  302  404
POST /history/{job}/retry/                                   404  404  302  404
POST /history/{job}/mail/                                    404  404  302  404
POST /history/{job}/discard/                                 404  404  302  404
GET  /history/{visitors}/                                    404  404  404  404
GET  /history/{visitors}/file/                               404  404  404  404

GET  /batches/{batch}/                                       404  404  200* 404
GET  /batches/{batch}/export/txt/                            404  404  200* 404
POST /batches/{batch}/cancel/                                404  404  302  404
POST /batches/{batch}/mail/                                  404  404  302  404
POST /batches/{batch}/retry/                                 404  404  302  404

GET  /s/{share}/                                             200* 200* 200* 200*
GET  /s/{share}/export/txt/                                  200* 200* 200* 200*
GET  /s/{share}/pages/1/picture/1/                           200  200  200  200
GET  /s/{share}/pages/1/picture/                             200  200  200  200
GET  /s/{share}/pages/1/thumbnail/                           200  200  200  200
GET  /s/{share}/thumbnail/                                   200  200  200  200
GET  /s/guessed/                                             404  404  404  404
GET  /s/{locked}/                                            200  200  200  200
POST /s/{locked}/                                            403  403  403  403
GET  /s/{locked}/export/txt/                                 404  404  404  404
GET  /s/{locked}/pages/1/picture/                            404  404  404  404
GET  /s/{locked}/thumbnail/                                  404  404  404  404

GET  /account/                                               302  200  200  200
GET  /account/activity/                                      302  200  200  200
GET  /account/delete/                                        302  200  200  200
GET  /account/keys/                                          302  200  200* 200
POST /account/keys/{key}/rotate/                             302  404  200* 404
POST /account/keys/{key}/revoke/                             302  404  302  404
GET  /account/webhooks/                                      302  200  200* 200
POST /account/webhooks/test/                                 302  400  400* 400
GET  /account/sessions/                                      302  200  200  200
GET  /account/email/                                         302  200  200  200
GET  /account/logout/                                        302  200  200  200
GET  /account/reauthenticate/                                302  200  200  200
GET  /account/password/change/                               302  200  200  200
GET  /account/password/set/                                  302  302  302  302
GET  /account/invitation/guessed/                            404  404  404  404
GET  /account/login/                                         200  302  302  302
GET  /account/login/code/confirm/                            302  302  302  302
GET  /account/signup/                                        200  302  302  302
GET  /account/inactive/                                      200  200  200  200
GET  /account/confirm-email/                                 200  200  200  200
GET  /account/confirm-email/guessed/                         200  200  200  200
GET  /account/password/reset/                                200  200  200  200
GET  /account/password/reset/done/                           200  200  200  200
GET  /account/password/reset/key/1-guessed/                  200  200  200  200
GET  /account/password/reset/key/done/                       200  200  200  200
GET  /account/provider/                                      302  200  200  200
GET  /account/provider/signup/                               302  302  302  302
GET  /account/provider/login/cancelled/                      200  200  200  200
GET  /account/provider/login/error/                          401  401  401  401
GET  /account/provider/oidc/login/                           404  404  404  404
GET  /account/provider/oidc/login/callback/                  404  404  404  404
GET  /account/second-factor/                                 302  200  200  200
GET  /account/second-factor/authenticate/                    302  302  302  302
GET  /account/second-factor/reauthenticate/                  302  302  302  302
GET  /account/second-factor/totp/activate/                   302  302  302  302
GET  /account/second-factor/totp/deactivate/                 302  404  404  404
GET  /account/second-factor/recovery-codes/                  302  404  404  404
GET  /account/second-factor/recovery-codes/generate/         302  302  302  302
GET  /account/second-factor/recovery-codes/download/         302  404  404  404
GET  /account/second-factor/webauthn/                        302  200  200  200
GET  /account/second-factor/webauthn/add/                    302  302  302  302
GET  /account/second-factor/webauthn/login/                  302  302  302  302
GET  /account/second-factor/webauthn/reauthenticate/         302  302  302  302
GET  /account/second-factor/webauthn/keys/1/remove/          302  302  302  302
GET  /account/second-factor/webauthn/keys/1/edit/            302  302  302  302

GET  /cockpit/                                               404  404  404  200
GET  /developers/                                            200  200  200  200
GET  /privacy/                                               200  200  200  200
POST /language/                                              302  302  302  302
GET  /manifest.webmanifest                                   200  200  200  200
GET  /service-worker.js                                      200  200  200  200
GET  /offline/                                               200  200  200  200

GET  /health/live                                            200  200  200  200
GET  /health/ready                                           200  200  200  200
GET  /metrics                                                200  200  200  200
GET  /docs/                                                  200  200  200  200
GET  /redoc/                                                 200  200  200  200
GET  /docs/swagger.json                                      200  200  200  200
GET  /openapi.json                                           200  200  200  200
"""

# The API takes sessions and tokens alike; keys may do what their scope allows.
API = """
                                               anonymous stranger owner staff ocr-key history-key
POST   /api/ocr/                                          400  400  400  400  400  403
GET    /api/history/                                      401  200  200* 200* 403  200*
GET    /api/history/{job}/                                401  404  200* 200* 403  200*
PATCH  /api/history/{job}/                                401  404  200* 200* 403  200*
DELETE /api/history/{job}/                                401  404  204  204  403  204
GET    /api/history/{job}/image/                          401  404  200* 200* 403  200*
GET    /api/history/{job}/export/txt/                     401  404  200* 200* 403  200*
GET    /api/history/{job}/tables/                         401  404  200  200  403  200
POST   /api/history/{job}/recognize/                      401  404  200* 200* 200* 403
GET    /api/history/{visitors}/                           401  404  404  200* 403  404
GET    /api/jobs/                                         401  200  200* 200* 200* 403
GET    /api/jobs/{job}/                                   401  404  200* 200* 200* 403
DELETE /api/jobs/{job}/                                   401  404  204  204  204  403
POST   /api/jobs/{job}/cancel/                            401  404  200* 200* 200* 403
POST   /api/jobs/{job}/retry/                             401  404  409  409  409  403
GET    /api/jobs/{job}/result/                            401  404  200* 200* 200* 403
GET    /api/jobs/{job}/webhook/                           401  404  200  200  200  403
GET    /api/jobs/{visitors}/                              401  404  404  200* 404  403
GET    /api/jobs/{visitors}/?visitor=guessed              404  404  404  200* 404  403
GET    /api/jobs/{visitors}/?visitor=visitor-secret       200* 404  404  200* 404  403
GET    /api/batches/                                      401  200  200* 200* 200* 403
GET    /api/batches/{batch}/                              401  404  200* 200* 200* 403
GET    /api/batches/{batch}/export/txt/                   401  404  200* 200* 200* 403
POST   /api/batches/{batch}/files/                        401  404  400  400  400  403
POST   /api/batches/{batch}/retry/                        401  404  202* 202* 202* 403
POST   /api/batches/{batch}/cancel/                       401  404  200* 200* 200* 403
GET    /api/batches/{batch}/webhook/                      401  404  200  200  200  403
GET    /api/webhooks/                                     401  200  200  200  403  403
GET    /api/webhooks/secret/                              401  200  200  200  403  403

GET    /api/me/                                           401  200  200  200  403  403
DELETE /api/me/                                           401  204  204  204  403  403
GET    /api/audit/                                        401  200  200  200  403  403
GET    /api/keys/                                         401  200  200* 200  403  403
POST   /api/keys/                                         401  400  400  400  403  403
GET    /api/keys/{key}/                                   401  404  200* 404  403  403
DELETE /api/keys/{key}/                                   401  404  204  404  403  403
POST   /api/keys/{key}/rotate/                            401  404  200* 404  403  403

POST   /api/register/                                     400  400  400  400  403  403
POST   /api/token_obtain_pair/                            400  400  400  400  400  400
POST   /api/token_refresh/                                400  400  400  400  400  400
POST   /api/token_verify/                                 400  400  400  400  400  400
POST   /api/token_blacklist/                              400  400  400  400  400  400
GET    /api/engines/                                      200  200  200  200  200  403
GET    /api/languages/                                    200  200  200  200  200  403
GET    /api/exports/                                      200  200  200  200  403  403
"""

# Vendor APIs know keys only, each in its own place, and no sessions.
CONTRACTS = """
                                                                     anonymous ocr-key history-key
POST /image-sync                                                                     422  422  403
POST /image                                                                          422  422  403
GET  /image                                                                          422  422  403
POST /image_label                                                                    401  401  401
POST /generate_api_key                                                               401  400  403
POST /ocr_process                                                                    401  401  401
POST /batch_process                                                                  401  401  401
GET  /history-images/guessed/hello.png                                               404  404  404
POST /parse/image                                                                    403  403  403
GET  /parse/imageurl                                                                 403  403  403
GET  /parse/pdf/guessed                                                              404  404  404
POST /v1/images:annotate                                                             400  400  403
POST /v1/files:asyncBatchAnnotate                                                    403  400  403
GET  /v1/operations/guessed                                                          403  404  403
GET  /storage/v1/b/scans                                                             403  200  403
GET  /storage/v1/b/scans/o                                                           403  200  403
GET  /storage/v1/b/scans/o/guessed.json                                              403  404  403
GET  /download/storage/v1/b/scans/o/guessed.json                                     403  404  403
POST /v1/files:annotate                                                              400  400  403
GET  /s3/scans/2026/hello.png                                                         403  403  403
POST /vision/v3.2/read/analyze                                                       415  415  401
GET  /vision/v3.2/read/analyzeResults/{job}                                          404  200* 401
POST /computervision/imageanalysis:analyze                                           400  400  401
POST /documentintelligence/documentModels/prebuilt-read:analyze                      415  415  401
GET  /documentintelligence/documentModels/prebuilt-read/analyzeResults/{job}         404  200* 401
GET  /documentintelligence/documentModels/prebuilt-read/analyzeResults/{job}/pdf     404  200* 401
POST /documentintelligence/documentModels/prebuilt-layout:analyze                    415  415  401
GET  /documentintelligence/documentModels/prebuilt-layout/analyzeResults/{job}       404  200* 401
GET  /formrecognizer/documentModels/prebuilt-layout/analyzeResults/{job}/figures/1.1  404  404  401
POST /documentintelligence/documentModels/prebuilt-invoice:analyze                   404  404  401
POST /vision/v3.2/ocr                                                                400  400  401
POST /tesseract                                                                      400  400  403
POST /base64                                                                         400  400  403
POST /file                                                                           400  400  403
GET  /status                                                                         200  200  200
GET  /.well-known/health/live                                                        200  200  200
POST /v1/convert/file                                                                422  422  403
POST /v1/convert/source                                                              422  422  403
POST /v1/convert/file/async                                                          422  422  403
POST /v1/convert/source/async                                                        422  422  403
GET  /v1/status/poll/{job}-{form}                                                    404  200  403
GET  /v1/result/{job}-{form}                                                         404  200* 403
POST /v1/chunk/hybrid/file                                                           422  422  403
POST /v1/chunk/hybrid/source                                                         422  422  403
GET  /health                                                                         200  200  403
POST /v1/ocr                                                                         400  400  403
POST /v1/files                                                                       400  400  403
GET  /v1/files/{job}                                                                 404  404  403
GET  /v1/files/{job}/url                                                             404  404  403
GET  /v1/files/content/guessed                                                       404  404  404
GET  /v1/models                                                                      200  200  403
GET  /v1/models/onlineocr                                                            200  200  403
POST /v1/chat/completions                                                            400  400  403
GET  /tika                                                                           200  200  403
POST /tika/form                                                                      422  422  403
POST /rmeta/text                                                                     422  422  403
POST /rmeta/form                                                                     422  422  403
POST /meta                                                                           422  422  403
POST /meta/Author                                                                    422  422  403
POST /detect/stream                                                                  422  422  403
POST /language/stream                                                                422  422  403
POST /unpack/all                                                                     422  422  403
POST /unpack                                                                         404  404  403
GET  /version                                                                        200  200  200
GET  /process                                                                        405  405  405
POST /general/v0/general                                                             400  400  403
POST /api/v1/misc/ocr-pdf                                                            400  400  403
POST /ocr                                                                            400  400  403
POST /layout-parsing                                                                 400  400  403
POST /predict/ocr_system                                                             400  400  403
POST /file_parse                                                                     400  400  403
POST /umi-ocr/api/ocr/                                                               200  200  200
GET  /api/ocr/get_options                                                            200  200  200
POST /api/qrcode                                                                     200  200  200
POST /api/doc/upload                                                                 200  200  200
POST /api/doc/result                                                                 200  200  200
POST /api/doc/download                                                               200  200  200
GET  /api/doc/download/guessed                                                       200  200  200
GET  /api/doc/clear/{job}                                                            200  200  200
POST /guessed-key                                                                    403  403  403
GET  /guessed-key                                                                    404  404  404
"""
