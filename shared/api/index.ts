export * from './schemas.ts';
export * from './unknown-fields.ts';
export * from './verb-api.ts';
