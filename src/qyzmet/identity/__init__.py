"""Numbers that name people, organisations, accounts and land; money, areas, words, dates and sort keys.

Pure functions. `read_*` take what a person typed and give the one form that is stored, or raise IdentityError
(a code, and one sentence in kk, ru, en by `.text(language)`).

    read_iin("811201 401188")  # '811201401188'; test_ids=True lets the national test ids pass
    read_account("KZ24 0701 05KS N000 0000")  # 'KZ24070105KSN0000000'; bic_of(...) 'KKMFKZ2A'
    read_cadastral_number("20:313:010:256")  # .normalised '20-313-010-256', .unusual False
    str(Money.of_tenge("1234567,50"))  # '1 234 567,50 ₸'; .tiyn is what the database keeps
    Area.of_hectares("0,06").cm2  # 6_000_000; .hectares, .m2, .in_hectares("kk")
    money_in_words(amount, "kk"), in_words(21, "ru", "feminine")
    folded(name), sort_key(name)  # stored beside a name
    written_date(day, "kk"), written_moment(moment, "ru")  # said_date, said_moment inside a sentence
"""

from __future__ import annotations

from qyzmet.identity.accounts import bank_code, bic_of, in_groups, read_account
from qyzmet.identity.area import Area
from qyzmet.identity.cadastre import CadastralNumber, read_cadastral_number
from qyzmet.identity.dates import said_date, said_moment, written_date, written_moment, written_short_day
from qyzmet.identity.decimals import read_decimal, written
from qyzmet.identity.errors import IdentityError
from qyzmet.identity.letters import folded, sort_key
from qyzmet.identity.money import Money
from qyzmet.identity.persons import is_bin, is_iin, looks_like, read_bin, read_iin
from qyzmet.identity.words import in_words, money_in_words, plural

__all__ = [
    "Area",
    "CadastralNumber",
    "IdentityError",
    "Money",
    "bank_code",
    "bic_of",
    "folded",
    "in_groups",
    "in_words",
    "is_bin",
    "is_iin",
    "looks_like",
    "money_in_words",
    "plural",
    "read_account",
    "read_bin",
    "read_cadastral_number",
    "read_decimal",
    "read_iin",
    "said_date",
    "said_moment",
    "sort_key",
    "written",
    "written_date",
    "written_moment",
    "written_short_day",
]
