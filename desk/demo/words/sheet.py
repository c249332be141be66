"""The cover sheet of the demonstration's papers: typed once, in quarter one."""

SHEET = {
    "purpose": "<p>To tell the panel how the force performed in {quarter} against the four priorities of the Police and "
    "Crime Plan, and what the {commissioner} did about it.</p>",
    "recommendations": '<p>The panel is asked:</p><ol type="a"><li>to note the performance of {quarter}; and</li>'
    "<li>to say which measures it wants to look at more closely at its next meeting.</li></ol>",
    "implications": "<p>The paper asks for no money and changes no policy. What a measure means for particular groups "
    "of people is said under that measure.</p>",
    "contact": "Performance officer, Office of the Police and Crime Commissioner, performance@barsetshire.example",
}
