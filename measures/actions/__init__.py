"""Everything people do to the record of measures, under one name."""

from measures.actions.areas import add_area_alias, create_area, create_peer_group, set_population
from measures.actions.definitions import create_measure, create_series, set_plan
from measures.actions.notes import (
    add_data_note,
    approve_phase_change,
    drop_phase_change,
    edit_data_note,
    propose_phase_change,
)
from measures.actions.observations import load_observations, record_observation

__all__ = [
    "add_area_alias",
    "add_data_note",
    "approve_phase_change",
    "create_area",
    "create_measure",
    "create_peer_group",
    "create_series",
    "drop_phase_change",
    "edit_data_note",
    "load_observations",
    "propose_phase_change",
    "record_observation",
    "set_plan",
    "set_population",
]
