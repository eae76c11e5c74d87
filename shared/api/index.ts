export * from './schemas.ts';
export * from './verb-api.ts';
