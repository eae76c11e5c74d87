import { setting } from '../aws/settings.ts';

/** The names in a setting of runbooks; `none` stands for none. */
export function namesIn(
  name: 'runbookFunctions' | 'runbookDocuments' | 'runbookClusters',
): readonly string[] {
  const text = setting(name);
  return text === 'none' ? [] : text.split(' ');
}
