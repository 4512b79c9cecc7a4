"""Names of countries, for the sentences: a graph holds codes, a reader wants words."""

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["differing_country"]

# ISO 3166-1 alpha-2: countries with trials of this kind and their neighbours; others keep the code.
_NAMES = {
    "AT": "Austria",
    "AU": "Australia",
    "BD": "Bangladesh",
    "BE": "Belgium",
    "BR": "Brazil",
    "CA": "Canada",
    "CH": "Switzerland",
    "CN": "China",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "EG": "Egypt",
    "ES": "Spain",
    "FR": "France",
    "GB": "the United Kingdom",
    "ID": "Indonesia",
    "IL": "Israel",
    "IN": "India",
    "IR": "Iran",
    "IT": "Italy",
    "JO": "Jordan",
    "JP": "Japan",
    "KR": "South Korea",
    "MX": "Mexico",
    "NL": "the Netherlands",
    "NO": "Norway",
    "PK": "Pakistan",
    "PL": "Poland",
    "RU": "Russia",
    "SA": "Saudi Arabia",
    "SE": "Sweden",
    "TH": "Thailand",
    "TR": "Turkey",
    "TW": "Taiwan",
    "US": "the United States",
    "VN": "Vietnam",
}


def differing_country(row: Row) -> Verdict | None:
    """Hold the code of a country to that of the other paper, and name both."""
    mine, their = row["mine"], row["theirs"]
    if mine == their:
        return None
    return Verdict(_NAMES.get(their, their), _NAMES.get(mine, mine))
