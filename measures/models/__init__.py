"""The record of what is measured, one file a noun."""

from measures.models.area import Area, AreaAlias, PeerGroup, PeerMember, Population, PopulationEstimate
from measures.models.embargo import Embargo, RevisionNote
from measures.models.imports import ImportBatch, ImportReport, SourceMapping
from measures.models.measure import DataNote, Measure, PhaseChange
from measures.models.observation import CurrentValue, Observation, Series
from measures.models.period import Period
from measures.models.plan import Plan, PlanMeasure, Priority
from measures.models.projection import Projection
from measures.models.signal import PeerVerdict, Ruleset, TrendSignal

__all__ = [
    "Area",
    "AreaAlias",
    "CurrentValue",
    "DataNote",
    "Embargo",
    "ImportBatch",
    "ImportReport",
    "Measure",
    "Observation",
    "PeerGroup",
    "PeerMember",
    "PeerVerdict",
    "Period",
    "PhaseChange",
    "Plan",
    "PlanMeasure",
    "Population",
    "PopulationEstimate",
    "Priority",
    "Projection",
    "RevisionNote",
    "Ruleset",
    "Series",
    "SourceMapping",
    "TrendSignal",
]
