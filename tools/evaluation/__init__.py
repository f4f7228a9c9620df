# SPDX-License-Identifier: Apache-2.0
"""How tools/evaluate measures: sets, screening, tally, figures, tables."""
