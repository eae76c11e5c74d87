export { readAnswer } from './answer.ts';
export * from './evidence.ts';
export { type Question, questionOf } from './question.ts';
