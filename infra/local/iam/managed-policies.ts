/**
 * Policies of AWS that roles may name, by ARN, with what they say (AWS managed policy reference, 2026-11). One that is not here
 * refuses to start: nobody here knows what it allows.
 */
export const managedPolicies: Readonly<Record<string, unknown>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Statement: {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  },
};
