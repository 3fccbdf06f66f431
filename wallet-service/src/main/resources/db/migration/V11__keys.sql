-- A wallet that only watches has no secret; a secret is sealed under the vault's data key, which rests sealed itself.

-- Wallets of the former form cannot be carried over here: their secrets are sealed under another key. Nothing is touched then.
CREATE TABLE former_wallets (
    count_of_them BIGINT NOT NULL CONSTRAINT wallets_of_a_former_form_stay_untouched CHECK (count_of_them = 0)
);
INSERT INTO former_wallets SELECT COUNT(*) FROM wallet;
DROP TABLE former_wallets;
-- The vault of a database without wallets sealed nothing: it is made anew.
DELETE FROM vault;

ALTER TABLE vault RENAME COLUMN probe TO sealed_key;

ALTER TABLE wallet DROP COLUMN sealed_entropy;

CREATE TABLE wallet_secret (
    wallet_id VARCHAR(36) PRIMARY KEY REFERENCES wallet (id),
    sealed    TEXT        NOT NULL
);

ALTER TABLE account ADD COLUMN label VARCHAR(100);

CREATE TABLE contact (
    name       VARCHAR(100) PRIMARY KEY,
    public_key CHAR(64)     NOT NULL,
    note       VARCHAR(500) NOT NULL,
    created_at BIGINT       NOT NULL
);
