export * from './outcome.ts';
export * from './settings.ts';
export * from './slack.ts';
export * from './teams.ts';
export * from './text-message.ts';
export * from './webhook.ts';
