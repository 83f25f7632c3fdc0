"""Settings shared by all tests."""

import os

from hypothesis import HealthCheck, settings

# Examples are not timed; under CI they are the same in every run.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")
