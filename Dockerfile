# One image for every Airflow component; docker-compose.yaml says which runs where.
FROM python:3.11-slim-bookworm

RUN useradd --create-home --uid 50000 airflow
WORKDIR /opt/mulaqat
COPY requirements.lock ./
# pip's default wheel of torch brings several GB of CUDA; --build-arg PIP_EXTRA_INDEX_URL=<PyTorch's index of CPU
# wheels> takes the small one.
ARG PIP_EXTRA_INDEX_URL=""
RUN pip install --no-cache-dir -r requirements.lock psycopg2-binary==2.9.13 asyncpg==0.32.0
COPY --chown=airflow . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && mkdir -p /var/lib/mulaqat /opt/airflow && chown airflow /var/lib/mulaqat /opt/airflow
USER airflow
ENV AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/mulaqat/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/mulaqat/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__CORE__DEFAULT_TIMEZONE=Asia/Kolkata \
    MULAQAT_DATA_ROOT=/var/lib/mulaqat
ENTRYPOINT ["airflow"]
