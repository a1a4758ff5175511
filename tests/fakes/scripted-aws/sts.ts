import { type Answer, callerOf, queryAnswer } from "./answers.ts";

export const stsActions: Readonly<Record<string, Answer>> = {
  GetCallerIdentity(call, script) {
    const { arn, userId, account } = callerOf(call, script);
    return queryAnswer(call, { Arn: arn, UserId: userId, Account: account });
  },
};
