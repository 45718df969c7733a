"""Look-ups in memories and termbases by HTTP, for plug-ins and scripts on this machine.

`questions.py` says what can be asked and `answers.py` what comes back; `server.py` answers from
them, `description.py` tells of them in OpenAPI, and the page at the root shows the same.
"""
