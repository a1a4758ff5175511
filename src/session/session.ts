/** An MFA session: what STS's GetSessionToken gave for a profile's own keys. */
export interface Session {
  readonly profile: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  /** The MFA device that it was made with. */
  readonly serial: string;
  /** The access key that it was made with: that key's user it acts as, whatever the profile holds by now. */
  readonly ownKeyId: string;
}

/** How a profile's sessions are made, and whether they are used. */
export interface SessionSetting {
  readonly profile: string;
  /** Null takes the profile's mfa_serial. */
  readonly serial: string | null;
  readonly durationSeconds: number;
  readonly on: boolean;
}

/** AWS's own default: twelve hours. */
export const usualDurationSeconds = 43_200;
