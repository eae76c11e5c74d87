export * from './plain-faults.ts';
export * from './schemas.ts';
export * from './verb-api.ts';
