"""Everything people do to the record of measures, under one name."""

from measures.actions.areas import add_area_alias, create_area, create_peer_group, set_population
from measures.actions.definitions import create_many_series, create_measure, create_series, load_measures, set_plan
from measures.actions.imports import (
    accept_file,
    check_file,
    confirm_columns,
    discard_import,
    go_on,
    inspect_file,
    place_names,
    place_series,
    reopen_columns,
    request_acceptance,
    request_check,
    request_inspection,
    upload_file,
    withdraw_import,
)
from measures.actions.notes import (
    add_data_note,
    approve_phase_change,
    drop_phase_change,
    edit_data_note,
    propose_phase_change,
)
from measures.actions.observations import load_observations, record_observation

__all__ = [
    "accept_file",
    "add_area_alias",
    "add_data_note",
    "approve_phase_change",
    "check_file",
    "confirm_columns",
    "create_area",
    "create_many_series",
    "create_measure",
    "create_peer_group",
    "create_series",
    "discard_import",
    "go_on",
    "drop_phase_change",
    "edit_data_note",
    "inspect_file",
    "load_measures",
    "load_observations",
    "place_names",
    "place_series",
    "propose_phase_change",
    "record_observation",
    "reopen_columns",
    "request_acceptance",
    "request_check",
    "request_inspection",
    "set_plan",
    "set_population",
    "upload_file",
    "withdraw_import",
]
