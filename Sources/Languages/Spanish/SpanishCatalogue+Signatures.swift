extension SpanishCatalogue {
    /// What the shipped signatures say; those of users are said as they are written.
    static let signatures: [String: String] = [
        "An agent ran out of memory": "Un agente se quedó sin memoria",
        "Agent `{}` ran out of memory and processes on it were killed":
            "El agente `{}` se quedó sin memoria y se terminaron procesos en él",
        "Raise the memory limit of the agent's container, or lower the heap of the tool in it (`-Xmx`).":
            "Subir el límite de memoria del contenedor del agente, o bajar el heap de la herramienta que corre en él (`-Xmx`).",
        "A certificate has expired": "Un certificado ha caducado",
        "The certificate of `{}` has expired": "El certificado de `{}` ha caducado",
        "See until when it is valid: `openssl s_client -connect {}:443 -servername {} </dev/null | openssl x509 -noout -dates`.":
            "Ver hasta cuándo es válido: `openssl s_client -connect {}:443 -servername {} </dev/null | openssl x509 -noout -dates`.",
        "Renew it and let the server load it; look at why the automatic renewal did not come.":
            "Renovarlo y hacer que el servidor lo cargue; ver por qué no llegó la renovación automática.",
        "If other clients accept it, check the clock and the certificate authorities of the agent.":
            "Si otros clientes lo aceptan, revisar el reloj y las autoridades de certificación del agente.",
        "The Jenkins controller ran out of memory": "El controlador de Jenkins se quedó sin memoria",
        "Jenkins controller `{}` ran out of memory": "El controlador de Jenkins `{}` se quedó sin memoria",
        "Raise the memory limit of the controller and its heap (`-Xmx`) together; leave a quarter of the limit outside of the heap.":
            "Subir a la vez el límite de memoria del controlador y su heap (`-Xmx`); dejar un cuarto del límite fuera del heap.",
        "Take a heap histogram before the next restart: `jcmd 1 GC.class_histogram`.":
            "Hacer un histograma del heap antes del próximo reinicio: `jcmd 1 GC.class_histogram`.",
        "Keep fewer builds: old builds that are loaded again fill the heap.":
            "Conservar menos builds: los builds antiguos que se vuelven a cargar llenan el heap.",
        "A credential was refused": "Se rechazó una credencial",
        "A credential was refused: `{}`": "Se rechazó una credencial: `{}`",
        "Check in Jenkins that the credential `{}` exists and that the job's folder may use it.":
            "Comprobar en Jenkins que la credencial `{}` existe y que la carpeta del job puede usarla.",
        "Check whether the token or password for `{}` has expired or lost a permission.":
            "Comprobar si el token o la contraseña de `{}` ha caducado o perdido un permiso.",
        "Renew it, then run one of the builds again.": "Renovarla y volver a lanzar uno de los builds.",
        "A dependency could not be downloaded": "No se pudo descargar una dependencia",
        "Dependencies could not be downloaded from `{}`": "No se pudieron descargar dependencias de `{}`",
        "Ask it from an agent: `curl -sSI https://{}/`.": "Preguntarle desde un agente: `curl -sSI https://{}/`.",
        "Look at the status page of {}, and at the limits it sets for downloads.":
            "Mirar la página de estado de {} y los límites que pone a las descargas.",
        "Keep a mirror in the cluster, so that builds do not need the way outside.":
            "Mantener un mirror en el clúster, para que los builds no necesiten salir fuera.",
        "A disk is full": "Un disco está lleno",
        "No space is left on `{}`": "No queda espacio en `{}`",
        "Clean up `JENKINS_HOME` of {} or enlarge its volume: old builds, artifacts, logs.":
            "Limpiar `JENKINS_HOME` de {} o ampliar su volumen: builds antiguos, artefactos, logs.",
        "See what fills node {}: `kubectl describe node {}`, and `df -h` on it.":
            "Ver qué llena el nodo {}: `kubectl describe node {}`, y `df -h` en él.",
        "Delete old workspaces and images; give the agents a larger volume, or a limit for ephemeral-storage that fits.":
            "Borrar workspaces e imágenes antiguos; dar a los agentes un volumen mayor, o un límite de ephemeral-storage adecuado.",
        "A host name could not be resolved": "No se pudo resolver un nombre de host",
        "Host `{}` could not be resolved": "No se pudo resolver el host `{}`",
        "Ask the DNS from a pod: `kubectl run -it --rm dns --image=busybox --restart=Never -- nslookup {}`.":
            "Preguntar al DNS desde un pod: `kubectl run -it --rm dns --image=busybox --restart=Never -- nslookup {}`.",
        "See whether CoreDNS is healthy: `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50`.":
            "Ver si CoreDNS está sano: `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50`.",
        "Check that the name is spelled correctly and still exists.":
            "Comprobar que el nombre está bien escrito y sigue existiendo.",
        "A container image could not be pulled": "No se pudo obtener una imagen de contenedor",
        "Image `{}` could not be pulled": "No se pudo obtener la imagen `{}`",
        "Check that the image and its tag exist and that the pull secret is valid: `docker pull {}`.":
            "Comprobar que la imagen y su etiqueta existen y que el pull secret es válido: `docker pull {}`.",
        "Go back to the last tag that worked in the pod template.":
            "Volver en la plantilla de pod a la última etiqueta que funcionó.",
        "The cluster may not pull from its Azure registry":
            "El clúster no puede obtener imágenes de su registro de Azure",
        "Registry `{}` did not let the cluster pull image `{}`":
            "El registro `{}` no dejó al clúster obtener la imagen `{}`",
        "Ask Azure what is missing: `az aks check-acr --resource-group <group> --name <cluster> --acr {}`.":
            "Preguntar a Azure qué falta: `az aks check-acr --resource-group <group> --name <cluster> --acr {}`.",
        "Give the identity of the kubelets the role AcrPull: `az aks update --resource-group <group> --name <cluster> --attach-acr <registry>`.":
            "Dar a la identidad de los kubelets el rol AcrPull: `az aks update --resource-group <group> --name <cluster> --attach-acr <registry>`.",
        "With 403, look at the firewall of {}: it may not know the way out of this cluster.":
            "Con 403, mirar el firewall de {}: puede que no conozca la salida de este clúster.",
        "The nodes may not pull from their Amazon registry":
            "Los nodos no pueden obtener imágenes de su registro de Amazon",
        "Registry `{}` did not let the nodes pull image `{}`":
            "El registro `{}` no dejó a los nodos obtener la imagen `{}`",
        "Give the IAM role of the nodes the policy AmazonEC2ContainerRegistryPullOnly.":
            "Dar al rol IAM de los nodos la política AmazonEC2ContainerRegistryPullOnly.",
        "In a registry of another account, let this one in: `aws ecr get-repository-policy --repository-name {}`.":
            "En un registro de otra cuenta, admitir a esta: `aws ecr get-repository-policy --repository-name {}`.",
        "If only some nodes fail, compare their role and their way to the registry; kubelets renew its token by themselves.":
            "Si solo fallan algunos nodos, comparar su rol y su camino al registro; los kubelets renuevan el token por sí mismos.",
        "The nodes may not pull from their Google registry":
            "Los nodos no pueden obtener imágenes de su registro de Google",
        "Give the service account of the nodes the role `roles/artifactregistry.reader` on the repository.":
            "Dar a la cuenta de servicio de los nodos el rol `roles/artifactregistry.reader` en el repositorio.",
        "See which account and scopes the nodes have: `gcloud container node-pools describe <pool> --cluster <cluster>`.":
            "Ver qué cuenta y qué scopes tienen los nodos: `gcloud container node-pools describe <pool> --cluster <cluster>`.",
        "A repository of another project must let in the account of this one.":
            "Un repositorio de otro proyecto debe admitir la cuenta de este.",
        "The pipeline's own script is wrong": "El propio script del pipeline está mal",
        "The pipeline script of `{}` has an error": "El script del pipeline de `{}` tiene un error",
        "Read the lines that begin with `WorkflowScript:`; they name the line of the Jenkinsfile.":
            "Leer las líneas que empiezan por `WorkflowScript:`; nombran la línea del Jenkinsfile.",
        "Check it before it is merged: `java -jar jenkins-cli.jar declarative-linter < Jenkinsfile`.":
            "Comprobarlo antes de integrarlo: `java -jar jenkins-cli.jar declarative-linter < Jenkinsfile`.",
        "If no Jenkinsfile changed, compare the shared library and the plugins with the last good build.":
            "Si no cambió ningún Jenkinsfile, comparar la biblioteca compartida y los plugins con los del último build bueno.",
        "The source could not be fetched": "No se pudo obtener el código fuente",
        "The source could not be fetched from `{}`": "No se pudo obtener el código fuente de `{}`",
        "Try it from an agent: `git ls-remote` of the repository.":
            "Probarlo desde un agente: `git ls-remote` del repositorio.",
        "Look at the status page or the load of {}.": "Mirar la página de estado o la carga de {}.",
        "Check that the branch, tag or commit that the job builds still exists.":
            "Comprobar que la rama, etiqueta o commit que usa el job sigue existiendo.",
        "Tests failed": "Fallaron pruebas",
        "Tests of `{}` failed": "Fallaron pruebas de `{}`",
        "Open the test report of the failed build and read the first failure.":
            "Abrir el informe de pruebas del build con fallo y leer el primer fallo.",
        "Compare with the last good build of `{}`: its change log names the commits.":
            "Comparar con el último build bueno de `{}`: su registro de cambios nombra los commits.",
        "A volume could not be mounted": "No se pudo montar un volumen",
        "Volume `{}` could not be mounted": "No se pudo montar el volumen `{}`",
        "Look at the claim and the volume behind it: `kubectl describe pvc {}` and `kubectl get volumeattachments`.":
            "Mirar el claim y el volumen que hay detrás: `kubectl describe pvc {}` y `kubectl get volumeattachments`.",
        "A volume that one node alone may mount stays with a lost node: see whether another pod still holds it.":
            "Un volumen que solo un nodo puede montar se queda con un nodo perdido: ver si otro pod aún lo retiene.",
        "Give agents an emptyDir or a ReadWriteMany volume where several of them share a cache.":
            "Dar a los agentes un emptyDir o un volumen ReadWriteMany cuando varios compartan una caché.",
        "An Azure disk is still attached to another machine": "Un disco de Azure sigue conectado a otra máquina",
        "Volume `{}` is still attached to another machine": "El volumen `{}` sigue conectado a otra máquina",
        "Azure says that machine {} has it: see `kubectl get volumeattachments`, and whether that node is still there.":
            "Azure dice que lo tiene la máquina {}: ver `kubectl get volumeattachments`, y si ese nodo sigue ahí.",
        "Wait while Azure detaches it. If that node is gone, delete its VolumeAttachment; the driver then detaches the disk.":
            "Esperar mientras Azure lo desconecta. Si ese nodo ya no está, borrar su VolumeAttachment; el driver desconecta entonces el disco.",
        "Give agents that share a cache an Azure Files volume (ReadWriteMany), or an emptyDir each.":
            "Dar a los agentes que comparten una caché un volumen de Azure Files (ReadWriteMany), o un emptyDir a cada uno.",
        "An EBS volume is not free for this machine": "Un volumen EBS no está libre para esta máquina",
        "Volume `{}` is held by another machine, or hangs between two":
            "El volumen `{}` está retenido por otra máquina, o atascado entre dos",
        "See which instance has it, and in which state: `aws ec2 describe-volumes --volume-ids {}`.":
            "Ver qué instancia lo tiene, y en qué estado: `aws ec2 describe-volumes --volume-ids {}`.",
        "If that instance is gone or hangs, let it go: `aws ec2 detach-volume --volume-id {}`.":
            "Si esa instancia ya no está o está bloqueada, soltarlo: `aws ec2 detach-volume --volume-id {}`.",
        "Give agents that share a cache an EFS volume (ReadWriteMany), or an emptyDir each.":
            "Dar a los agentes que comparten una caché un volumen EFS (ReadWriteMany), o un emptyDir a cada uno.",
        "A Google disk is still attached to another machine": "Un disco de Google sigue conectado a otra máquina",
        "Volume `{}` is still attached to machine `{}`": "El volumen `{}` sigue conectado a la máquina `{}`",
        "See whether node {} is still there and which pod on it uses the volume: `kubectl describe node {}`.":
            "Ver si el nodo {} sigue ahí y qué pod suyo usa el volumen: `kubectl describe node {}`.",
        "If it is not needed there: `gcloud compute instances detach-disk {} --disk {} --zone <zone>`.":
            "Si allí no hace falta: `gcloud compute instances detach-disk {} --disk {} --zone <zone>`.",
        "Give agents that share a cache a Filestore volume (ReadWriteMany), or an emptyDir each.":
            "Dar a los agentes que comparten una caché un volumen de Filestore (ReadWriteMany), o un emptyDir a cada uno.",
    ]
}
