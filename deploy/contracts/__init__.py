"""The published contracts: what other agencies may rely on, as documents made from the code.

`python -m deploy.contracts` writes them, and refuses a change that would break who relies on them;
`--check` only looks. The rules stand in docs/agencies/contracts.md.

    asyncapi.json        channels, messages and operations, AsyncAPI 3
    schemas/<Type>.v<n>.json     the body of each fact, JSON Schema 2020-12
    examples/<Type>.v<n>.json    one CloudEvent of each, structured
    VERSION              of all of them together
    history/<version>.json       what each version promised, for ever
"""
