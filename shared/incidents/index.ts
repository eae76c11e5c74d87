export * from './commands.ts';
export * from './decide.ts';
export * from './evolve.ts';
export * from './facts.ts';
export * from './holes.ts';
export * from './incident.ts';
export * from './urgency.ts';
