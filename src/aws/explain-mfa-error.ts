import { CacheauthError } from "../errors.ts";

/**
 * What STS says of an MFA code, its device or the clock, as a person would say it; null where it is about something else. Its words
 * are the same for a code that is wrong and for one that was used before.
 */
export function explainMfaError(names: string, text: string, source: string): CacheauthError | null {
  if (/unable to validate MFA code|verify your MFA serial number/i.test(text)) {
    return new CacheauthError(
      "mfa-device-unknown",
      `AWS knows no MFA device with that serial that belongs to the user behind ${source}.`,
      "See the user's devices with aws iam list-mfa-devices: the serial is the device's ARN (…:mfa/NAME), not the user's; security keys and passkeys give no codes.",
    );
  }
  if (/MultiFactorAuthentication failed/i.test(text)) {
    return new CacheauthError(
      "mfa-code-invalid",
      "AWS refused the MFA code.",
      "Wait for the device's next code: each is good once, and for 30 s. Where none is taken, set the device's clock, or resynchronise it in the IAM console.",
    );
  }
  if (/serialNumber/.test(text) && /ValidationError/.test(names)) {
    return new CacheauthError(
      "mfa-device-unknown",
      "AWS does not take that for the serial of an MFA device.",
      "It looks like arn:aws:iam::123456789012:mfa/NAME, or is a hardware device's serial number.",
    );
  }
  if (/with session credentials/i.test(text)) {
    return new CacheauthError(
      "session-unfit",
      `AWS gives no session for what is a session already: the keys of ${source} are temporary.`,
      "Use the long-term keys of an IAM user.",
    );
  }
  return explainClock(names, text);
}

/** `Signature expired: 20240522T115159Z is now earlier than …`, and what other services call it. */
function explainClock(names: string, text: string): CacheauthError | null {
  if (
    !/RequestExpired|RequestTimeTooSkewed|SignatureExpired/.test(names) &&
    !/Signature expired|not yet current/i.test(text)
  )
    return null;
  const times = [...text.matchAll(/\d{8}T\d{6}Z/g)].map(([time]) => time);
  // Ours, the limit, and AWS's own in brackets.
  const said = times.length >= 3 ? ` It signed as of ${times[0]}, and AWS's clock says ${times[2]}.` : "";
  return new CacheauthError(
    "clock-skewed",
    `The clock of this machine is off: AWS refuses what was signed more than five minutes ago or ahead.${said}`,
    "Set the clock (timedatectl set-ntp true), and try again.",
  );
}
