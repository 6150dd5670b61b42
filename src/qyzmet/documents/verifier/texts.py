"""The sentences of the verifier: code → Kazakh, Russian, English."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str, str]] = {
    "green": (
        "ЖАСЫЛ: {count} тексерудің бәрі өтті.",
        "ЗЕЛЁНЫЙ: все проверки пройдены, их {count}.",
        "GREEN: all {count} checks passed.",
    ),
    "green-open": (
        "ЖАСЫЛ: {count} тексеруде қате жоқ; {open} тексеру қолдағы деректермен дәлелденбеді.",
        "ЗЕЛЁНЫЙ: ни одна из проверок ({count}) не провалена; не доказано имеющимися данными: {open}.",
        "GREEN: none of {count} checks failed; {open} cannot be proved with what is at hand.",
    ),
    "red": (
        "ҚЫЗЫЛ: {count} тексеру жүргізілді, өтпегені: {failed}.",
        "КРАСНЫЙ: не пройдено проверок: {failed} из {count}.",
        "RED: {failed} of {count} checks failed.",
    ),
    "unreadable": (
        "файлды оқу мүмкін емес: {why}",
        "файл не читается: {why}",
        "the file cannot be read: {why}",
    ),
    "index-missing": (
        "тізімдеме жоқ, сондықтан бұл істің көшірмесі емес",
        "описи нет, поэтому это не выгруженное дело",
        "there is no index, so this is no exported case",
    ),
    "index-seal-missing": (
        "тізімдеменің мөрі жоқ: тізімдемені кім құрғаны белгісіз",
        "у описи нет печати: неизвестно, кто её составил",
        "the index has no seal: nobody answers for it",
    ),
    "index-seal": (
        "мөр файлы жазылған күйінде емес",
        "файл печати не таков, каким был записан",
        "the file of the seal is not as it was written",
    ),
    "index-seal-good": ("мөр файлы бүтін", "файл печати цел", "the file of the seal is whole"),
    "sealer-good": (
        "мөр басқан ақпараттық жүйе: {name}",
        "печать поставила информационная система: {name}",
        "sealed by an information system: {name}",
    ),
    "sealer-other": (
        "мөрді ақпараттық жүйе емес, басқа біреу басқан: {name}",
        "печать поставила не информационная система, а другое лицо: {name}",
        "sealed by somebody who is no information system: {name}",
    ),
    "zip-structure": (
        "ZIP файлының {at}-байты осы құрамға сай емес",
        "байт {at} файла ZIP не соответствует его составу",
        "byte {at} of the ZIP is not what its contents make it",
    ),
    "zip-good": ("ZIP құрылымы бүтін", "структура ZIP цела", "the structure of the ZIP is whole"),
    "file-good": (
        "өлшемі мен хеші тізімдемедегідей",
        "размер и хеш такие, как в описи",
        "size and hash are those of the index",
    ),
    "file-changed": (
        "файл өзгертілген: хеші тізімдемедегідей емес",
        "файл изменён: его хеш не тот, что в описи",
        "the file was changed: its hash is not that of the index",
    ),
    "file-missing": (
        "тізімдемеде бар файл жоқ",
        "файла, указанного в описи, нет",
        "the file is in the index and not here",
    ),
    "file-extra": (
        "бұл файл тізімдемеде жоқ",
        "этого файла нет в описи",
        "the file is here and not in the index",
    ),
    "entry-good": (
        "жазба тізбектегі өз орнында",
        "запись на своём месте в цепи",
        "the entry is in its place in the chain",
    ),
    "entry-missing": ("жазбаның өзі жоқ", "самой записи нет", "the entry itself is not there"),
    "entry-hash": (
        "жазбаның хеші тізбектегідей емес",
        "хеш записи не тот, что в цепи",
        "the hash of the entry is not that of the chain",
    ),
    "entry-place": (
        "жазба басқа ағынның немесе басқа нөмірдің жазбасы",
        "запись другого потока или другого номера",
        "the entry is of another stream or number",
    ),
    "entry-prev": (
        "жазба алдыңғы жазбаның жалғасы емес",
        "запись не следует из предыдущей",
        "the entry does not follow from the one before it",
    ),
    "entry-back": (
        "жазбаның уақыты алдыңғысынан бұрын көрсетілген",
        "запись помечена более ранним временем, чем предыдущая",
        "the entry says it was recorded before the one before it",
    ),
    "payload-good": (
        "мазмұны жазбадағы хешке сай",
        "содержание соответствует хешу в записи",
        "the payload is what the entry committed to",
    ),
    "payload-other": (
        "мазмұны жазбадағы хешке сай емес",
        "содержание не соответствует хешу в записи",
        "the payload is not what the entry committed to",
    ),
    "payload-erased": (
        "{seq}-жазбаның мазмұны заң бойынша жойылған ({clause}).",
        "Содержание записи {seq} законно удалено ({clause}).",
        "The payload of entry {seq} was lawfully erased ({clause}).",
    ),
    "withheld": (
        "{count} жазбаның өзі немесе мазмұны осы көшірменің иесіне көрсетілмейді; олардың хештері тізбекте.",
        "{count} записей или их содержание получателю этой копии не показываются; их хеши есть в цепи.",
        "{count} entries or payloads are not shown in this copy; their hashes are in the chain.",
    ),
    "head-good": (
        "ағынның басы – соңғы жазба",
        "голова потока совпадает с последней записью",
        "the head is the last entry",
    ),
    "head-other": (
        "ағынның басы – соңғы жазба емес",
        "голова потока не совпадает с последней записью",
        "the head is not the last entry",
    ),
    "leaf-good": ("ағын осы мөрде бар", "поток есть в этой печати", "the stream is in this seal"),
    "leaf-other": (
        "ағынның жапырағы бұл мөрдің түбіріне апармайды",
        "лист потока не ведёт к корню этой печати",
        "the leaf of the stream does not lead to the root of this seal",
    ),
    "leaf-journal": (
        "мөрдегі жапырақ осы істің журналындағыдан өзгеше",
        "лист в печати не тот, что в журнале этого дела",
        "the leaf in the seal is not what the journal of this case has",
    ),
    "seal-follows": (
        "мөр алдыңғысының жалғасы",
        "печать следует из предыдущей",
        "the seal follows from the one before",
    ),
    "seal-other": (
        "мөр алдыңғысының жалғасы емес",
        "печать не следует из предыдущей",
        "the seal does not follow from the one before",
    ),
    "unsealed": (
        "{first}–{last} жазбалар күнделікті мөрге әлі кірмеген.",
        "Записи {first}–{last} ещё не вошли в ежедневную печать.",
        "Entries {first}-{last} are in no daily seal yet.",
    ),
    "uncovered": (
        "Бұл істі ешбір күнделікті мөр әлі қамтымайды.",
        "Это дело ещё не охвачено ни одной ежедневной печатью.",
        "No daily seal covers this case yet.",
    ),
    "content-missing": (
        "қол қойылған деректер жоқ: {name}",
        "нет подписанных данных: {name}",
        "the signed data are not there: {name}",
    ),
    "record-unreadable": (
        "тексеру жазбасын оқу мүмкін емес: {why}",
        "запись о проверке не читается: {why}",
        "the record of the verdict cannot be read: {why}",
    ),
    "room-missing": (
        "қолтаңбаларды тексеретін бөлік жоқ немесе бүтін емес; қолтаңбалар тексерілмеді",
        "нет исправной части для проверки подписей; подписи не проверены",
        "the room that verifies signatures is not there or not whole; no signature was checked",
    ),
    "pdf-number": (
        "PDF ішіндегі деректер осы құжаттікі",
        "данные внутри PDF принадлежат этому документу",
        "the data inside the PDF are of this document",
    ),
    "pdf-number-other": (
        "PDF ішіндегі деректер басқа құжаттікі",
        "данные внутри PDF принадлежат другому документу",
        "the data inside the PDF are of another document",
    ),
    "pdf-decision": (
        "PDF ішіндегі шешім – қол қойылған шешімнің өзі",
        "решение внутри PDF – то самое, что подписано",
        "the decision inside the PDF is the signed one",
    ),
    "pdf-decision-other": (
        "PDF ішіндегі шешім қол қойылған шешімнен өзгеше",
        "решение внутри PDF не то, что подписано",
        "the decision inside the PDF is not the signed one",
    ),
    "pdf-journal": (
        "журналда осы PDF-тің хеші жазылған",
        "в журнале записан хеш этого PDF",
        "the journal has recorded this very PDF",
    ),
    "pdf-journal-other": (
        "журналда бұл құжаттың басқа хеші жазылған",
        "в журнале у этого документа другой хеш",
        "the journal has recorded another hash for this document",
    ),
    "pdf-unsealed": (
        "PDF-те мөр жоқ",
        "в PDF нет печати",
        "the PDF carries no seal",
    ),
    "date-good": (
        "мерзім аталған күндерге сай есептелген",
        "срок следует из перечисленных дней",
        "the date follows from the listed days",
    ),
    "date-days": (
        "{subject}: күндер тізбегі үзілген немесе мерзімге сай емес",
        "{subject}: ряд дней прерывается или не соответствует сроку",
        "{subject}: the days have a gap or are not those of the term",
    ),
    "date-count": (
        "{subject}: саналған күн – {counted}, мерзім – {term}",
        "{subject}: посчитано дней – {counted}, а срок – {term}",
        "{subject}: {counted} are counted and the term is {term}",
    ),
    "date-day": (
        "{subject}: {day} күнтізбеде басқаша",
        "{subject}: {day} в календаре значится иначе",
        "{subject}: the calendar says otherwise of {day}",
    ),
    "date-due": (
        "{subject}: мерзім соңғы күннің жабылу уақытына сай емес",
        "{subject}: срок не совпадает с закрытием последнего дня",
        "{subject}: the date is not the closing of the last day",
    ),
    "date-unknown": (
        "{subject}: мерзімді есептеуге негіз болған күнтізбе немесе жұмыс уақыты бұл көшірмеде жоқ",
        "{subject}: календаря или часов работы, по которым считался срок, в этой копии нет",
        "{subject}: the calendar or the hours it was counted by are not in this copy",
    ),
    "calendar-good": (
        "күнтізбе мен жұмыс уақыты хештеріне сай",
        "календарь и часы работы соответствуют своим хешам",
        "the calendar and the hours are those of their hashes",
    ),
    "calendar-other": (
        "{what} оның хешіне сай емес",
        "{what} не соответствует своему хешу",
        "{what} is not that of its hash",
    ),
    "law-good": (
        "регламент топтамасы хешіне сай",
        "пакет регламента соответствует хешу",
        "the package is that of its hash",
    ),
    "law-other": (
        "регламент топтамасы хешіне сай емес",
        "пакет регламента не соответствует хешу",
        "the package is not that of its hash",
    ),
    "receipt-good": (
        "қолхаттағы жазба мен хештер өзара сай",
        "запись и хеши расписки согласуются",
        "entry and hashes of the receipt agree",
    ),
    "receipt-broken": (
        "қолхаттағы жазба оның хешіне сай емес",
        "запись в расписке не соответствует её хешу",
        "the entry of the receipt is not that of its hash",
    ),
    "receipt-journal": (
        "қолхаттағы жазбалар журналда орнында",
        "записи из расписки стоят в журнале на своих местах",
        "what the receipt names stands in the journal",
    ),
    "receipt-dropped": (
        "журналда қолхатта аталған {seq}-жазба жоқ немесе басқа",
        "в журнале нет записи {seq}, названной в расписке, или она другая",
        "the journal lacks entry {seq} that the receipt names, or has another",
    ),
    "trust-own": (
        "тізбек сіздің сенімді түбіріңізге апарады",
        "цепочка ведёт к вашему доверенному корню",
        "the chain ends in a root of yours",
    ),
    "trust-other": (
        "тізбек сіз көрсеткен түбірлердің ешқайсысына апармайды",
        "цепочка не ведёт ни к одному из указанных вами корней",
        "the chain ends in none of the roots you gave",
    ),
    "root": (
        "Сенім түбірі: {name}, SHA-256 {sha256}{national}.",
        "Корень доверия: {name}, SHA-256 {sha256}{national}.",
        "Root relied on: {name}, SHA-256 {sha256}{national}.",
    ),
    "root-unknown": (
        "Түбірлер осы файлдан алынды: SHA-256 сомаларын салыстырыңыз немесе --trust DIR беріңіз.",
        "Корни взяты из самого файла; сравните суммы SHA-256 с опубликованными или укажите --trust DIR.",
        "The roots came with the file: compare their fingerprints with those published, or give --trust DIR.",
    ),
    "sample": (
        "Бұл үлгі: оны көрсетілім жүйесі берген, заңдық күші жоқ.",
        "Это образец: его выдала демонстрационная система, юридической силы он не имеет.",
        "This is a sample of a demonstration; it has no legal force.",
    ),
    "made": (
        "Іс {case}: көшірменің жасалған уақыты – {at}.",
        "Дело {case}: копия составлена {at}.",
        "Case {case}: this copy was made at {at}.",
    ),
}
