-- Access to the object store; DuckDB does not show the secret again.
CREATE SECRET store (
    TYPE s3, KEY_ID $access_key_id, SECRET $secret_access_key, SESSION_TOKEN $session_token, REGION $region,
    ENDPOINT $endpoint, USE_SSL $is_encrypted, URL_STYLE $url_style
);
