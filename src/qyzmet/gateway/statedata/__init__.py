"""Data of state databases: asked for with the recipient's consent, put on the case with date and source.

    question = Question("income", "900205417747", purpose, message, now)
    match port().ask(question):
        case Answered(data, as_of): ...   # what the database says, dated and signed
        case Late(): ...                  # it was taken; ask for the answer later by the same message
        case Refused(code, words): ...    # the database has nothing, or may not say it
    # raises StateDataFailed: silence, an error, a signature that does not hold, words that cannot be read

`port` says what is asked and answered; `soap`, `wss` and `payload` are how the gateway speaks; `smartbridge`
asks over HTTP. `asking` and `answering` are the acts, `delivery` the destinations of the outbox,
`showing` what each view sees.
"""
