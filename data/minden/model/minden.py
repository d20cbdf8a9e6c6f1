"""The whole model: one value with everything the offices deliver."""

from __future__ import annotations

from dataclasses import dataclass

import benefits as benefits_
import elections as elections_
import households as households_
import housing as housing_
import movement as movement_
import population as population_
import schools as schools_
import youth as youth_


@dataclass(frozen=True)
class Minden:
    """All parts of the model; arrays are districts x years."""

    population: population_.Population
    movement: movement_.Movement
    households: households_.Households
    benefits: benefits_.Benefits
    youth: youth_.Youth
    schools: schools_.Schools
    housing: housing_.Housing
    elections: elections_.Elections


def minden() -> Minden:
    """The model, always the same."""
    population = population_.population()
    movement = movement_.movement(population)
    households = households_.households(population)
    benefits = benefits_.benefits(population, households)
    return Minden(
        population=population,
        movement=movement,
        households=households,
        benefits=benefits,
        youth=youth_.youth(population, movement, benefits),
        schools=schools_.schools(population),
        housing=housing_.housing(population, households),
        elections=elections_.elections(population),
    )
