/** As the construct `Alarms` names its alarms, with 8 digits of CDK, and CloudFormation what has no name, with 12 letters or 13. */
const own = /^Alarms[A-Za-z0-9]+[0-9A-F]{8}-[A-Za-z0-9]{12,13}$/;

/**
 * Whether an alarm is one of this system. These go by mail, since what watches the system must not need it, nor wake it again each
 * time that it wakes. Alarms of yours whose names begin like the stack are none.
 */
export const isOwnAlarm = (name: string, stack: string): boolean =>
  name.startsWith(`${stack}-`) && own.test(name.slice(stack.length + 1));
