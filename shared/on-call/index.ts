export * from './delivery.ts';
export * from './escalation.ts';
export { Html, html } from './html.ts';
export * from './mail.ts';
export * from './page-view.ts';
export * from './person.ts';
export * from './policy.ts';
export * from './response-link.ts';
export * from './response-page.ts';
