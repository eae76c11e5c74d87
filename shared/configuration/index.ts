export * from './configuration.ts';
export * from './deciding.ts';
export * from './disagreements.ts';
export * from './given.ts';
export * from './plan.ts';
export * from './stored.ts';
export * from './uploaded.ts';
export * from './versions.ts';
