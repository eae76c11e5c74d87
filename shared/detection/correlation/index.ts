export * from './graph.ts';
export * from './link.ts';
export * from './settings.ts';
export { similarity } from './similarity.ts';
