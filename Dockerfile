# One image for every Airflow component; docker-compose.yaml says which runs where. The models come with it.
FROM python:3.11.13-slim-bookworm

RUN useradd --create-home --uid 50000 airflow
WORKDIR /opt/mulaqat
# What is installed changes seldom; the code is copied after it.
COPY pyproject.toml README.md LICENSE requirements.lock ./
COPY etl/__init__.py etl/
# pip's default wheel of torch brings several GB of CUDA; --build-arg PIP_EXTRA_INDEX_URL=<PyTorch's index of CPU
# wheels> takes the small one.
ARG PIP_EXTRA_INDEX_URL=""
RUN pip install --no-cache-dir --constraint requirements.lock ".[distributed,s3]" \
    && pip uninstall --yes mulaqat-etl
COPY --chown=airflow . .
ENV AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/mulaqat/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/mulaqat/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__CORE__DEFAULT_TIMEZONE=Asia/Kolkata \
    MULAQAT_DATA_ROOT=/var/lib/mulaqat \
    PYTHONPATH=/opt/mulaqat
RUN printf '#!/bin/sh\nexec python -m etl "$@"\n' > /usr/local/bin/mulaqat && chmod +x /usr/local/bin/mulaqat \
    && mkdir -p /var/lib/mulaqat /opt/airflow && chown airflow /var/lib/mulaqat /opt/airflow
USER 50000
ENTRYPOINT ["airflow"]
