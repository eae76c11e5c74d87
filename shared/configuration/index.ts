export * from './configuration.ts';
export * from './stored.ts';
