"""The API's own description, and the open routes: none of them holds anyone's data.

document.py    the OpenAPI document, made of the routes' own declarations
requests.py    what is sent: parameters, headers, bodies
responses.py   what can come back
examples.py    examples of both; those of answers are in answers.json
pages.py       the document, and Swagger UI to read it, from files of our own (assets/)
operations.py  health, metrics, what a problem means
"""
