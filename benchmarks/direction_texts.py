"""Sentences and font names for drawn pages in twelve scripts.

The sentences are from the Universal Declaration of Human Rights in its official translations.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """A script to draw.

    languages: Tesseract codes. fonts: file names, of which the installed ones are used.
    direction: in Pillow's terms. spaced: has spaces between words.
    """

    name: str
    languages: tuple[str, ...]
    fonts: tuple[str, ...]
    sentences: tuple[str, ...]
    direction: str = "ltr"
    spaced: bool = True


SANS = ("DejaVuSans.ttf", "DejaVuSerif.ttf")

SCRIPTS = (
    Script(
        "English",
        ("eng",),
        (*SANS, "LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "PTS55F.ttf"),
        (
            "All human beings are born free and equal in dignity and rights.",
            "They are endowed with reason and conscience and should act towards one another.",
            "Everyone has the right to life, liberty and security of person.",
            "No one shall be held in slavery or servitude.",
            "Everyone has the right to freedom of movement and residence within the borders.",
            "The family is the natural and fundamental group unit of society.",
        ),
    ),
    Script(
        "German",
        ("deu",),
        (*SANS, "LiberationSerif-Italic.ttf", "LiberationSans-Bold.ttf", "LobsterTwo-Regular.otf"),
        (
            "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
            "Jeder hat das Recht auf Leben, Freiheit und Sicherheit der Person.",
            "Niemand darf in Sklaverei oder Leibeigenschaft gehalten werden.",
            "Jeder hat das Recht, überall als rechtsfähig anerkannt zu werden.",
            "Die Familie ist die natürliche Grundeinheit der Gesellschaft.",
        ),
    ),
    Script(
        "Russian",
        ("rus",),
        (*SANS, "LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "PTF55F.ttf"),
        (
            "Все люди рождаются свободными и равными в своем достоинстве и правах.",
            "Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность.",
            "Никто не должен содержаться в рабстве или в подневольном состоянии.",
            "Каждый человек имеет право на признание его правосубъектности.",
            "Семья является естественной и основной ячейкой общества.",
        ),
    ),
    Script(
        "Greek",
        ("ell",),
        (*SANS, "LiberationSans-Regular.ttf", "GFSDidot.otf", "GFSNeohellenic.otf"),
        (
            "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
            "Κάθε άτομο έχει δικαίωμα στη ζωή, την ελευθερία και την προσωπική ασφάλεια.",
            "Κανείς δεν επιτρέπεται να ζει υπό καθεστώς δουλείας.",
            "Καθένας έχει δικαίωμα στην αναγνώριση της νομικής του προσωπικότητας.",
        ),
    ),
    Script(
        "Arabic",
        ("ara",),
        (*SANS[:1], "Amiri-Regular.ttf", "NotoNaskhArabic-Regular.ttf", "KacstBook.ttf"),
        (
            "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
            "لكل فرد الحق في الحياة والحرية وسلامة شخصه.",
            "لا يجوز استرقاق أو استعباد أي شخص.",
            "لكل إنسان أينما وجد الحق في أن يعترف بشخصيته القانونية.",
            "الأسرة هي الوحدة الطبيعية الأساسية للمجتمع.",
        ),
        "rtl",
    ),
    Script(
        "Persian",
        ("fas",),
        (*SANS[:1], "NotoNaskhArabic-Regular.ttf", "nazli.ttf", "Vazir.ttf"),
        (
            "تمام افراد بشر آزاد به دنیا می آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
            "هر کس حق زندگی، آزادی و امنیت شخصی دارد.",
            "هیچ کس را نمی توان در بردگی نگاه داشت.",
            "خانواده رکن طبیعی و اساسی اجتماع است.",
        ),
        "rtl",
    ),
    Script(
        "Hebrew",
        ("heb",),
        (
            *SANS[:1],
            "FrankRuehlCLM-Medium.ttf",
            "DavidCLM-Medium.otf",
            "NotoSansHebrew-Regular.ttf",
        ),
        (
            "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
            "כל אדם יש לו הזכות לחיים, לחרות ולביטחון אישי.",
            "לא יהיה אדם עבד או משועבד.",
            "המשפחה היא היחידה הטבעית והבסיסית של החברה.",
        ),
        "rtl",
    ),
    Script(
        "Hindi",
        ("hin",),
        ("Lohit-Devanagari.ttf", "NotoSansDevanagari-Regular.ttf", "gargi.ttf"),
        (
            "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है।",
            "प्रत्येक व्यक्ति को जीवन, स्वाधीनता और वैयक्तिक सुरक्षा का अधिकार है।",
            "कोई भी ग़ुलामी या दासता की हालत में न रखा जाएगा।",
        ),
    ),
    Script(
        "Thai",
        ("tha",),
        ("Garuda.ttf", "Norasi.ttf", "NotoSansThai-Regular.ttf"),
        (
            "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
            "คนทุกคนมีสิทธิในการดำรงชีวิต เสรีภาพ และความมั่นคงแห่งตัวตน",
            "บุคคลใด ๆ จะถูกยึดเป็นทาส หรือต้องภาระจำยอมไม่ได้",
        ),
    ),
    Script(
        "Korean",
        ("kor",),
        ("NanumGothic.ttf", "NanumMyeongjo.ttf", "UnBatang.ttf"),
        (
            "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
            "모든 사람은 생명과 신체의 자유와 안전에 대한 권리를 가진다.",
            "어느 누구도 노예상태 또는 예속상태에 놓여지지 아니한다.",
            "가정은 사회의 자연적이며 기초적인 구성 단위이다.",
        ),
    ),
    Script(
        "Japanese",
        ("jpn",),
        ("UnBatang.ttf", "UnDotum.ttf", "gulim.ttf"),
        (
            "すべての人間は、生まれながらにして自由であり、平等である。",
            "すべて人は、生命、自由及び身体の安全に対する権利を有する。",
            "何人も、奴隷にされ、又は苦役に服することはない。",
        ),
        spaced=False,
    ),
    Script(
        "Georgian",
        ("kat",),
        (*SANS, "NotoSansGeorgian-Regular.ttf"),
        (
            "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.",
            "ყოველ ადამიანს აქვს სიცოცხლის, თავისუფლებისა და პირადი ხელშეუხებლობის უფლება.",
            "არავინ არ უნდა იმყოფებოდეს მონობის მდგომარეობაში.",
        ),
    ),
)
