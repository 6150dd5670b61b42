"""What people type, and the service it stands for: the words are data of the packages."""

from __future__ import annotations

import pytest

from qyzmet import identity
from qyzmet.portal import finding
from qyzmet.regulation.loader import load_package, package_files
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED

FIRST = 3
TYPED = {
    "housing-assistance": {
        "kk": (
            "тұрғын үй көмегі", "жәрдем", "жәрдемақы", "коммуналдық төлем", "пәтерақы", "жылу ақысы",
            "аз қамтылған отбасы", "табысы төмен отбасы", "субсидия",
        ),
        "ru": (
            "жилищная помощь", "пособие", "жилищное пособие", "субсидия", "коммуналка",
            "коммунальные услуги", "квартплата", "малообеспеченная семья", "малоимущие", "КСК",
        ),
        "en": (
            "housing assistance", "housing benefit", "allowance", "subsidy", "utilities", "utility bills",
            "low income", "rent help",
        ),
    },
    "housing-certificate": {
        "kk": (
            "тұрғын үй сертификаты", "бастапқы жарна", "алғашқы жарна", "ипотека", "баспана",
            "пәтер сатып алу", "несие",
        ),
        "ru": (
            "жилищный сертификат", "первоначальный взнос", "ипотека", "купить квартиру", "покупка жилья",
            "кредит", "помощь ипотека",
        ),
        "en": (
            "housing certificate", "down payment", "mortgage", "home loan", "buy flat", "first instalment",
            "first home",
        ),
    },
    "equity-permit": {
        "kk": (
            "үлескер", "рұқсат", "құрылыс салушы", "үлестік құрылыс", "үлескерлердің ақшасы",
            "салынып жатқан үй", "ақша тарту",
        ),
        "ru": (
            "дольщик", "разрешение", "застройщик", "долевое строительство", "долевое участие",
            "деньги дольщиков", "долевка", "новостройка",
        ),
        "en": (
            "equity holder", "permission", "permit", "developer", "off-plan", "buyers money",
            "new building",
        ),
    },
    "equity-contract": {
        "kk": (
            "үлестік қатысу шарты", "үзінді-көшірме", "есепке қою", "шартты тіркеу", "шартты есепке алу",
            "пәтер шарты", "үлескер шарты",
        ),
        "ru": (
            "договор долевого участия", "ДДУ", "выписка", "учёт договора", "регистрация договора",
            "регистрация ДДУ", "договор дольщика",
        ),
        "en": (
            "equity contract", "extract", "contract registration", "register contract", "contract record",
            "off-plan contract", "flat contract",
        ),
    },
    "construction-object": {
        "kk": (
            "объект", "квартирограмма", "шахматка", "көппәтерлі тұрғын үй", "құрылыс объектісі",
            "үйді енгізу", "жаңа үй",
        ),
        "ru": (
            "объект строительства", "квартирограмма", "шахматка", "многоквартирный жилой дом",
            "новостройка", "строящийся дом", "внести дом",
        ),
        "en": (
            "construction object", "unit chart", "chessboard", "apartment block", "building site",
            "new building", "add building",
        ),
    },
    "livestock-subsidy": {
        "kk": (
            "субсидия", "демеуқаржы", "мал шаруашылығы", "асыл тұқымды мал", "малға жәрдем", "сиыр", "қой",
            "жылқы", "сүт", "ет",
        ),
        "ru": (
            "субсидия", "животноводство", "племенной скот", "поддержка фермеров", "корова", "овцы",
            "лошади", "молоко", "говядина",
        ),
        "en": (
            "subsidy", "grant", "livestock", "cattle", "sheep", "horses", "breeding stock",
            "farmer support", "milk", "beef",
        ),
    },
    "processing-subsidy": {
        "kk": (
            "субсидия", "демеуқаржы", "өңдеуші кәсіпорын", "сүт зауыты", "сүт өңдеу", "сары май", "ірімшік",
            "құрғақ сүт", "сүт",
        ),
        "ru": (
            "субсидия", "переработка", "переработка молока", "молочный завод", "закуп", "молоко",
            "сухое молоко", "масло", "сыр",
        ),
        "en": (
            "subsidy", "grant", "processing", "milk processing", "dairy", "dairy plant", "butter", "cheese",
            "powdered milk", "milk",
        ),
    },
    "system-account": {
        "kk": (
            "есептік жазба", "жүйеге тіркелу", "аккаунт", "логин", "жүйеге кіру", "кабинет ашу",
            "пайдаланушы",
        ),
        "ru": (
            "учётная запись", "регистрация в системе", "аккаунт", "логин", "доступ", "вход в систему",
            "пользователь",
        ),
        "en": ("account", "sign-up", "login", "access", "user account", "new user", "register account"),
    },
    "land-private-ownership": {
        "kk": (
            "жеке меншік", "мемакт", "жерді жекешелендіру", "жер сатып алу", "жерді меншікке алу",
            "жер иесі", "меншікке акт",
        ),
        "ru": (
            "частная собственность", "госакт", "приватизация земли", "выкуп участка", "купить землю",
            "земля в собственность", "собственник земли",
        ),
        "en": (
            "private ownership", "own land", "privatise land", "privatisation", "buy land", "buy plot",
            "land owner",
        ),
    },
    "land-permanent-use": {
        "kk": (
            "тұрақты жер пайдалану", "тұрақты пайдалану", "мерзімсіз пайдалану", "мекемеге жер",
            "мекеменің жері", "мемлекеттік мекеме жері", "тұрақты акт",
        ),
        "ru": (
            "постоянное землепользование", "постоянное пользование", "бессрочное пользование",
            "земля учреждения", "земля школы", "участок учреждению", "постоянный акт",
        ),
        "en": (
            "permanent land use", "permanent use", "perpetual use", "institution land", "school land",
            "land for institution", "permanent plot",
        ),
    },
    "land-paid-use": {
        "kk": (
            "жалға алу", "жалдау", "жер арендасы", "жерді жалға алу", "ақылы пайдалану",
            "өтеулі жер пайдалану", "жалдау шарты",
        ),
        "ru": (
            "аренда земли", "арендовать участок", "взять землю в аренду", "возмездное землепользование",
            "платное пользование", "долгосрочная аренда", "договор аренды",
        ),
        "en": ("lease", "land lease", "rent land", "rent plot", "paid land use", "tenant", "lease agreement"),
    },
    "land-gratuitous-use": {
        "kk": (
            "өтеусіз жер пайдалану", "өтеусіз пайдалану", "тегін жер", "ақысыз жер",
            "жерді тегін пайдалану", "қызметтік телім", "телім тегін",
        ),
        "ru": (
            "безвозмездное землепользование", "безвозмездное пользование", "бесплатная земля",
            "земля бесплатно", "служебный надел", "участок бесплатно", "безвозмездно",
        ),
        "en": (
            "gratuitous land use", "gratuitous use", "free land", "free plot", "land free of charge",
            "service plot", "free use",
        ),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def services() -> list[Package]:
    """The packages the product comes with, in the order of the catalogue."""
    loaded = (load_package(path).package for path in package_files(SHIPPED))
    found = [each for each in loaded if each is not None and each.service in TYPED]
    return sorted(found, key=lambda each: identity.sort_key(each.name.kk))


def best(services: list[Package], words: str) -> list[str]:
    rated = [(finding.rate(each, words), each.service) for each in services]
    return [name for rate, name in sorted(rated, key=lambda pair: -pair[0]) if rate]


def test_every_service_has_words_enough_in_each_language(services: list[Package]) -> None:
    assert len(services) == len(TYPED) == 12
    assert {len(words) >= 6 for said in TYPED.values() for words in said.values()} == {True}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("service", TYPED)
def test_what_people_type_finds_the_service_among_the_first(
    services: list[Package], service: str, language: str
) -> None:
    missed = {
        words: best(services, words)
        for words in TYPED[service][language]
        if service not in best(services, words)[:FIRST]
    }
    assert missed == {}


@pytest.mark.parametrize("words", ["жәрдем", "жардем", "пособия", "subsidies", "ПОСОБИЕ"])
def test_help_by_another_name_is_help_with_the_home(services: list[Package], words: str) -> None:
    assert "housing-assistance" in best(services, words)[:FIRST]
