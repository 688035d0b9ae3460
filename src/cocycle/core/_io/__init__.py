"""Recordings in and out: CSV, TSV, Parquet, NetCDF, numpy files, pandas and xarray objects."""

from ._dates import dates as dates
from ._export import from_xarray as from_xarray
from ._export import to_dataframe as to_dataframe
from ._export import to_xarray as to_xarray
from ._read import read as read
from ._read import read_episodes as read_episodes
from ._read import read_frame as read_frame
