import type { World } from '#sandbox/world/create-world.ts';
import type { CrowdCast, DemoCast } from './cast.ts';
import { type CrowdOptions, seedCrowd } from './crowd.ts';
import { seedDemo } from './demo.ts';

export type Scenario = { name: 'demo' } | ({ name: 'crowd' } & CrowdOptions) | { name: 'empty' };

export type Cast =
  | ({ scenario: 'demo' } & DemoCast)
  | ({ scenario: 'crowd' } & CrowdCast)
  | { scenario: 'empty' };

/** Fills an empty world and says who is in it. */
export function loadScenario(world: World, scenario: Scenario): Cast {
  switch (scenario.name) {
    case 'demo':
      return { scenario: 'demo', ...seedDemo(world) };
    case 'crowd':
      return { scenario: 'crowd', ...seedCrowd(world, scenario) };
    case 'empty':
      return { scenario: 'empty' };
  }
}
