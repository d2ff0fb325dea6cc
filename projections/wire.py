"""Answers as JSON: one encoding for the command line and for HTTP, with every reason put into the asked language."""

from typing import Any

import msgspec

from domain.words import Language, Reason


def _encoder(language: Language) -> msgspec.json.Encoder:
    def say(value: Any) -> str:
        if isinstance(value, Reason):
            return value.say(language)
        raise NotImplementedError(type(value).__name__)

    return msgspec.json.Encoder(enc_hook=say)


_PLAIN = msgspec.json.Encoder()
_ENCODERS = {"zh": _encoder("zh"), "en": _encoder("en")}


def to_json(answer: object, language: Language) -> bytes:
    """The answer as JSON text."""
    return _ENCODERS[language].encode(answer)


def json_text(value: object) -> str:
    """A value without reasons as JSON text, for a kept row."""
    return _PLAIN.encode(value).decode()
