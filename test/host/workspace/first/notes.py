print("WSAIoctl")
