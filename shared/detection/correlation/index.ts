export * from './graph.ts';
export * from './link.ts';
export { type Relationship, relationships } from './merge.ts';
export * from './settings.ts';
export { similarity } from './similarity.ts';
