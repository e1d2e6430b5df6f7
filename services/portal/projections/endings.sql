-- Subscriptions of agencies that are over. Nothing else is known of them here.

-- name: tables
CREATE TABLE endings (
  position        bigint PRIMARY KEY,
  subscription_id uuid   NOT NULL
);

-- name: on SubscriptionDeclined, SubscriptionRevoked
INSERT INTO endings (position, subscription_id)
SELECT position, stream
  FROM batch
 WHERE type IN ('SubscriptionDeclined', 'SubscriptionRevoked');

-- name: ended after
SELECT position, subscription_id FROM endings WHERE position > :position ORDER BY position LIMIT :most;
