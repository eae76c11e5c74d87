export * from './links.ts';
export * from './mailing.ts';
export * from './mails.ts';
export * from './pages.ts';
export * from './subscriber.ts';
