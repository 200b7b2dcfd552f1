"""The panel: places by time, from the coverage tables and the articles; null where nobody observed.

Lives here: what is asked (ask.py), how it is worked out (work.py, with its SQL in sql.py and the measures in measures.txt and
views.txt), divisions in time (divisions.py, pure). May import: archive, selection.py, model.
"""

from govnews.export.panel.ask import PANELS, Ask, measure_names, panel, survival

__all__ = ["PANELS", "Ask", "measure_names", "panel", "survival"]
