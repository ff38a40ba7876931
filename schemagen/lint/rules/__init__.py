"""The rules, one file each. Being in this folder is being registered.

A rule is a module with

    CODE      `"PF101"`: a family and a number, stable for ever
    NAME      `"fk-without-index"`: reads well after "allow"
    SEVERITY  `"error"`, `"warning"` or `"info"`
    DEFAULT   False when it runs only where it is selected; absent otherwise
    STRATEGY  the `strategy:` of an object that says yes to it, if there is one

and one function or more of `schema(view)`, `diff(view)`, `pending(view)` (a diff that is in no
revision yet), `revision(view)`, `sql(view)`, `env(view)` and `allowed(view)`, each of which yields
findings.

Its docstring is its page, in Markdown: a title, what it finds and why that is bad, `Bad:` with an
example, `Good:` with what to do instead. Examples are tried by a test, the bad one has to be found
and the good one must not: `yaml` is a schema (`---` parts its files), `diff` is two of them,
`python` is the body of an `upgrade()`, `python revision` both functions, `python env.py` an env.py.
"""
