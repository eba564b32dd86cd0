"""North Korea's Regional Development 20x10 policy: facts, assumptions and the script that makes its workbook."""
