"""Follow up: what the days after a visit say, and who has to do something about it.

Pure functions on frozen values: `soreness.triage` for the check 24 to 72 hours after a visit,
`diary.judge` for one check-in among the earlier ones, `ask` for the warning signs to ask,
`waiting.look_by` for how long an answer may wait, `remind` for what a client is reminded of.
"""
