/**
 * Whether an alarm is one of this system: `<stack>-<logical id>-<letters of chance>`, as CloudFormation names what has no name.
 * These go by mail, since what watches the system must not need it, nor wake it again each time that it wakes.
 */
export function isOwnAlarm(name: string, stack: string): boolean {
  if (!name.startsWith(`${stack}-`)) return false;
  return /^[A-Za-z0-9]+-[A-Za-z0-9]{8,}$/.test(name.slice(stack.length + 1));
}
