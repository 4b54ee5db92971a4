import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A Telegram id: bigint in Postgres, decimal string in code. */
export const telegramId = customType<{ data: string; driverData: string }>({
  dataType: () => 'bigint',
  fromDriver: (value) => String(value),
  toDriver: (value) => value,
});

/** A moment of business time, given by the clock, or of infrastructure time where the column's comment says so. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const id = () => uuid('id').primaryKey().defaultRandom();
