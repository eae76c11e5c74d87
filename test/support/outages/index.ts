import { dependencyScenes } from './scenes/dependencies.ts';
import { placeScenes } from './scenes/places.ts';
import { timeScenes } from './scenes/times.ts';

export { groupings } from './groupings.ts';
export * from './measure.ts';
export type { Scene } from './scene.ts';

/** The labelled outages, each told the same way each time. */
export const outages = () => [...dependencyScenes, ...placeScenes, ...timeScenes].map((tell) => tell());
