"""Large problems in parts: what each county or province would do by itself at prices, and what that says of the whole.

`blocks` bounds the cost of the whole from below, `county_choices` that of every choice, `joining` chooses joining
years, `relax_and_fix` whole plants, `districts` those of problems too large for that.
"""
