import * as z from 'zod';
import { patternFault } from '../../kernel/index.ts';
import { LONGEST_PATTERN } from './matcher-text.ts';
import { readTemplate } from './template.ts';

/** Whole seconds between two bounds. */
export const seconds = (min: number, max: number) =>
  z
    .int({ error: `expected whole seconds as a number, from ${min} to ${max}` })
    .min(min)
    .max(max);

/** A whole number between two bounds. */
export const whole = (min: number, max: number) =>
  z
    .int({ error: `expected a whole number from ${min} to ${max}` })
    .min(min)
    .max(max);

/** A pattern that runs in linear time. */
export const pattern = z
  .string()
  .min(1)
  .max(LONGEST_PATTERN)
  .superRefine((text, context) => {
    const fault = patternFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });

/** A text that is filled from an alert. */
export const template = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .superRefine((text, context) => {
      const { fault } = readTemplate(text);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    });

/** Whether an object that was sent says something under this name. */
export const says = <Name extends string>(said: { readonly [name in Name]?: unknown }, name: Name): boolean =>
  said[name] !== undefined;
