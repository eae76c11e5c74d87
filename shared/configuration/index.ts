export * from './configuration.ts';
export * from './disagreements.ts';
export * from './stored.ts';
