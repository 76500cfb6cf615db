"""Documents: the files, what they belong to, and what is known from one kind of them alone."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

BLANK = r"\s" + "\u00a0\u2000-\u200a\u202f\u3000"
"""Inside brackets: `\\s` has the spaces beyond ASCII on some engines only."""

LINK = rf"^https?://[^{BLANK}/?#]+\.[A-Za-z]{{2,}}(?::[0-9]+)?(?:[/?#][^{BLANK}<>]*)?$"


@check(WARNING, "the house rule: each source once")
def document_read_twice(documents):
    """A file lies among the documents twice, under two names.

    | documents | document_id | sha256                                                           |
    | --------- | ----------- | ---------------------------------------------------------------- |
    |           | a.txt       | 08e1772d2d4f9be14c24ec1ba141cb889cf9dda692a73b898b822b64e7f69074 |
    | ✗         | b.txt       | 191c2fe2877d5da2194fb937a29d34a59e4a83e3de19c4e51864a175ccabd536 |
    | ✗         | b (1).txt   | 191c2fe2877d5da2194fb937a29d34a59e4a83e3de19c4e51864a175ccabd536 |
    """
    files = documents.group_by("sha256", files=nw.len()).filter(nw.col("files") > 1)
    return documents.join(files.select("sha256"), "sha256")


@check(WARNING, "the forms: a card and a description are about one project")
def document_of_no_project(documents):
    """A card or a description names no project that can be read.

    | documents | document_id | project_code | kind        |
    | --------- | ----------- | ------------ | ----------- |
    |           | a.txt       | S20001       | card        |
    |           | b.csv       |              | export      |
    | ✗         | c.txt       |              | card        |
    | ✗         | d.txt       |              | description |
    """
    return documents.kind.is_in(["card", "description"]) & documents.project_code.is_null()


@check(WARNING, "the service's pages: the address ends in the project's code")
def link_to_another_project(documents):
    """The link in a document leads to another project than the document is about.

    | documents | document_id | project_code | url                                                               |
    | --------- | ----------- | ------------ | ----------------------------------------------------------------- |
    |           | a.txt       | S20001       | https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S20001 |
    |           | b.txt       | S20001       | https://www.eura2014.fi/?projektikoodi=S20001&lang=fi             |
    |           | c.txt       | S20001       | https://www.mikkeli.fi/hanke/2                                    |
    | ✗         | d.txt       | S20001       | https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S20002 |
    """
    to_project = documents.url.str.contains("projektikoodi=[SAJ][0-9]{5}")
    code = documents.url.str.replace_all("^.*projektikoodi=", "").str.replace_all("[^0-9A-Z].*$", "")
    return to_project & (code != documents.project_code)


@check(WARNING, "RFC 3986: an address holds no blanks, and its host is a name with a domain")
def link_not_well_formed(documents):
    """The link in a document is not one that can be opened.

    | documents | document_id | url                                                               |
    | --------- | ----------- | ----------------------------------------------------------------- |
    |           | a.txt       | https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S20001 |
    | ✗         | b.txt       | www.eura2014.fi                                                   |
    | ✗         | c.txt       | https://www.eura2014.fi/rrtiepa/projekti.php?projekti koodi=S2000 |
    | ✗         | d.txt       | https://youtu.be/x%20%20                                          |
    """
    opens = documents.url.str.contains(LINK)
    return ~opens | documents.url.str.ends_with("%20")


@check(INFO, "the order of sources: a card is the last of them, for it is written afterwards by others")
def project_known_from_card_only(projects, statements, documents):
    """A project is known from cards alone.

    | projects | project_code |
    | -------- | ------------ |
    |          | S20001       |
    |          | S20003       |
    | ✗        | S20002       |
    |          | S20004       |

    | statements | document_id | table    | key    | field | line | value |
    | ---------- | ----------- | -------- | ------ | ----- | ---- | ----- |
    |            | card.txt    | projects | S20001 | name  | 1    | x     |
    |            | a.txt       | projects | S20001 | name  | 1    | x     |
    |            | card.txt    | projects | S20002 | name  | 1    | x     |
    |            | a.txt       | finance  | S20002 | x     | 1    | x     |
    |            | x.txt       | projects | S20004 | name  | 1    | x     |

    | documents | document_id | kind        |
    | --------- | ----------- | ----------- |
    |           | card.txt    | card        |
    |           | a.txt       | description |
    |           | x.txt       |             |
    """
    kinds = documents.select("document_id", "kind")
    told = (
        statements.filter(statements.table == "projects").join(kinds, "document_id").select("kind", project_code="key")
    )
    cards = told.filter(nw.col("kind") == "card").unique("project_code")
    others = told.filter(nw.col("kind") != "card").unique("project_code")
    return projects.join(cards, "project_code").join(others, "project_code", how="anti").select("project_code")


@check(INFO, "the house rule: a name is published as a source has it, and a source may have lost its ä and ö")
def name_from_damaged_text(statements, documents):
    """A name is known only from documents whose text lost its ä and ö.

    | statements | document_id | table         | key       | field | line | value                 |
    | ---------- | ----------- | ------------- | --------- | ----- | ---- | --------------------- |
    |            | a.txt       | projects      | S22016    | name  | 9    | Porukalla!            |
    |            | ocr.txt     | projects      | S22016    | name  | 4    | Porukalla             |
    |            | ocr.txt     | projects      | S20731    | fund  | 4    | ESR                   |
    |            | ocr.txt     | locations     | S20731/.. | name  | 4    | Mikkeli               |
    | ✗          | ocr.txt     | projects      | S20731    | name  | 4    | Mennaan eteenpain     |
    | ✗          | ocr.txt     | organisations | 2678219-4 | name  | 4    | Mikkelin jarjestotalo |
    |            | ocr.txt     | projects      | S20732    | name  | 4    |                       |
    |            | a.txt       | organisations | S20731    | name  | 9    | Hacklab ry            |
    |            | ocr.txt     | projects      | S20733    | name  | 4    | Meijan Mikkeli        |
    |            | b.csv       | projects      | S20733    | name  | 2    | Meijän Mikkeli        |

    | documents | document_id | damaged |
    | --------- | ----------- | ------- |
    |           | a.txt       | false   |
    |           | ocr.txt     | true    |
    |           | b.csv       |         |
    """
    of_names = (statements.field == "name") & statements.table.is_in(["projects", "organisations"])
    names = statements.filter(of_names, ~statements.value.is_null())
    marked = names.join(documents.select("document_id", "damaged"), "document_id")
    sound = marked.filter(~nw.col("damaged").fill_null(False)).unique("table", "key", "field")
    lost = marked.filter(nw.col("damaged")).unique("table", "key", "field")
    return lost.join(sound, "table", "key", "field", how="anti").select("table", "key", "field")
